import { Square } from 'lucide-react';
import { CommandButton } from '../../palette/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';

/** Run, run all, cancel; save. */
export function QueryToolbar(props: { readonly running: boolean; readonly onCancel: () => void }) {
  return (
    <Toolbar label="Query" end={<CommandButton id="query.saveAs" small />}>
      {props.running ? (
        <Button small icon={Square} shortcut="Mod+." onClick={props.onCancel}>
          Cancel
        </Button>
      ) : (
        <>
          <CommandButton id="query.run" kind="primary" small />
          <CommandButton id="query.runAll" small />
        </>
      )}
    </Toolbar>
  );
}
