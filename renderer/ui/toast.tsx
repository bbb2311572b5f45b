import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import styles from './toast.module.css';

const icons = { ok: CircleCheck, info: Info, warn: TriangleAlert, bad: CircleAlert };

interface ToastData {
  readonly tone: keyof typeof icons;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const manager = Base.createToastManager<ToastData>();

/** Tells in a corner that something happened; `bad` stays until it is closed. */
export function toast(says: {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly tone?: keyof typeof icons;
  readonly action?: { readonly label: string; readonly run: () => void };
}) {
  const { title, detail, tone = 'ok', action } = says;
  manager.add({
    title,
    ...(detail ? { description: detail } : {}),
    priority: tone === 'bad' ? 'high' : 'low',
    timeout: tone === 'bad' ? 0 : 6000,
    data: { tone, action },
  });
}

/** Tells that something failed; a cancel is not a failure and is told quietly. */
export function toastProblem(thrown: unknown, title?: string) {
  const failed: Problem = toProblem(thrown);
  const quiet = failed.code === 'cancelled';
  toast({
    title: title ?? failed.message,
    detail: [title ? failed.message : '', failed.hint ?? ''].filter(Boolean).join(' ') || undefined,
    tone: quiet ? 'info' : 'bad',
  });
}

function Toasts() {
  const { toasts, close } = Base.useToastManager<ToastData>();
  return toasts.map((one) => {
    const tone = one.data?.tone ?? 'info';
    const Icon = icons[tone];
    const { action } = one.data ?? {};
    return (
      <Base.Root key={one.id} toast={one} className={styles['toast']} data-tone={tone}>
        <Icon aria-hidden />
        <Base.Content className={styles['content']}>
          <Base.Title className={styles['title']} render={<p />} />
          <Base.Description className={styles['detail']} />
          {action && (
            <Button
              small
              onClick={() => {
                close(one.id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
        </Base.Content>
        <Base.Close render={<IconButton label="Dismiss" icon={X} />} />
      </Base.Root>
    );
  });
}

/** Where toasts appear; stands once in the app. */
export function ToastCorner() {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className={styles['corner']}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}
