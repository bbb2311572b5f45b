import { lazy, Suspense } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { cx } from '../ui/cx.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import type { EditorHandle } from './editor-handle.ts';
import styles from './sql-editor.module.css';

/** What an editor for SQL is given. */
export interface SqlEditorProps {
  /** Its name, read aloud. */
  readonly label: string;
  readonly value: string;
  readonly onChange?: ((text: string) => void) | undefined;
  readonly readOnly?: boolean | undefined;
  /** `field`: as high as its text within limits, no line numbers, for forms. Default: fills its place. */
  readonly look?: 'page' | 'field' | undefined;
  readonly placeholder?: string | undefined;
  /** Marked in the text where it says `at.position`. */
  readonly problem?: Problem | undefined;
  /** Told where the cursor is and in what text, a moment after both came to rest. */
  readonly onRest?: ((at: { readonly text: string; readonly at: number }) => void) | undefined;
  /** Called once when it is ready. */
  readonly onReady?: ((handle: EditorHandle) => void) | undefined;
}

const View = lazy(() => import('./sql-editor-view.tsx'));

/** PostgreSQL with colours, completion of tables and columns, and errors at their place. */
export function SqlEditor(props: SqlEditorProps) {
  return (
    <div className={cx(styles['editor'], props.look === 'field' && styles['field'])}>
      <Suspense fallback={<Skeleton lines={2} says="Opening the editor…" />}>
        <View {...props} />
      </Suspense>
    </div>
  );
}
