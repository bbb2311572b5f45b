import { type ReactNode, useState } from 'react';
import { bridge } from '../../bridge.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { accents, type Look, setLook, useLook } from '../../styles/theme.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { roomsChanged, useEngine, useEngineAction } from '../../use-engine.ts';
import { Accents } from './accents.tsx';
import styles from './settings-view.module.css';

function Setting(props: { readonly title: string; readonly says: string; readonly children: ReactNode }) {
  return (
    <section className={styles['setting']}>
      <div className={styles['words']}>
        <h3>{props.title}</h3>
        <p>{props.says}</p>
      </div>
      <div className={styles['control']}>{props.children}</div>
    </section>
  );
}

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Look['theme']; label: string }[];

const densities = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'dense', label: 'Dense' },
] as const satisfies readonly { value: Look['density']; label: string }[];

function Appearance() {
  const { theme, density, accent } = useLook();
  return (
    <>
      <h2>Look</h2>
      <Setting title="Theme" says="Light, dark, or as the system has it.">
        <Choice label="Theme" value={theme} options={themes} onChange={(next) => setLook({ theme: next })} />
      </Setting>
      <Setting title="Density" says="How tall rows are in grids, trees and lists.">
        <Choice
          label="Density"
          value={density}
          options={densities}
          onChange={(next) => setLook({ density: next })}
        />
      </Setting>
      <Setting title="Accent" says="The colour of what is chosen and of what acts.">
        <Accents value={accent} all={accents} onChange={(next) => setLook({ accent: next })} />
      </Setting>
    </>
  );
}

function WorkspaceName({ name }: { readonly name: string }) {
  const [text, setText] = useState(name);
  const { run, busy, problem } = useEngineAction('workspace', 'rename');
  const changed = text.trim() !== '' && text.trim() !== name;
  const save = () => {
    if (changed)
      run({ name: text.trim() }).then(
        () => roomsChanged(['workspace']),
        () => undefined,
      );
  };
  return (
    <>
      <div className={styles['line']}>
        <TextField label="Name" hideLabel value={text} onChange={setText} onEnter={save} />
        <Button busy={busy} disabled={!changed} onClick={save}>
          Rename
        </Button>
      </div>
      {problem && <ProblemView problem={problem} />}
    </>
  );
}

function WorkspaceSettings() {
  const { data } = useEngine('workspace', 'info', {});
  if (!data) return null;
  return (
    <>
      <h2>Workspace</h2>
      <Setting
        title="Name"
        says="As the side bar and other people's lists show it; the folder keeps its name."
      >
        <WorkspaceName key={data.name} name={data.name} />
      </Setting>
      <Setting title="Folder" says={data.dir}>
        <Button onClick={() => void bridge.revealFile('assay.yaml')}>Show in file manager</Button>
      </Setting>
      <Setting title="Engine" says="A process of its own; stopping it leaves nothing half done.">
        <CommandButton id="engine.restart" />
      </Setting>
    </>
  );
}

/** What a person chooses: the look of this machine's app, and this workspace's name. */
export function SettingsView() {
  const { app, electron } = bridge.versions;
  return (
    <div className={styles['page']}>
      <div className={styles['sheet']}>
        <h1>Settings</h1>
        <Appearance />
        <WorkspaceSettings />
        <p className={styles['about']}>
          Assay {app} · Electron {electron} · {bridge.platform}
        </p>
      </div>
    </div>
  );
}
