import { Square } from 'lucide-react';
import { CommandButton } from '../../palette/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { Toolbar, ToolbarLine } from '../../ui/toolbar.tsx';
import { WritingSwitch } from './writing-switch.tsx';

/** Run, run all, plan, or cancel; whether it may write; save. */
export function QueryToolbar(props: { readonly running: boolean; readonly onCancel: () => void }) {
  return (
    <Toolbar
      label="Query"
      wraps
      end={
        <>
          <WritingSwitch />
          <ToolbarLine />
          <CommandButton id="query.saveAs" small />
        </>
      }
    >
      {props.running ? (
        <Button small icon={Square} shortcut="Mod+." onClick={props.onCancel}>
          Cancel
        </Button>
      ) : (
        <>
          <CommandButton id="query.run" kind="primary" small />
          <CommandButton id="query.runAll" small />
          <CommandButton id="query.analyze" kind="quiet" small words="Plan" />
          <CommandButton id="query.format" kind="quiet" small words="Format" />
          <CommandButton id="query.preview" kind="quiet" small words="Preview" />
          <CommandButton id="query.history" kind="quiet" small words="History" />
        </>
      )}
    </Toolbar>
  );
}
