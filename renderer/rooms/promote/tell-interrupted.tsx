import { useEffect } from 'react';
import { interruptedInWords } from '../../../shared/interrupted-words.ts';
import { engine } from '../../engine.ts';
import { toast } from '../../ui/toast.tsx';
import { openTab } from '../../workspace/tabs.ts';

let told = false;

/** Tells, once the workspace is open, of promotions that were under way when it was last closed. */
export function TellInterrupted() {
  useEffect(() => {
    if (told) return;
    told = true;
    void engine.promote.interrupted({}).then(([first]) => {
      if (!first) return;
      toast({
        title: 'A promotion was cut off',
        detail: interruptedInWords(first),
        tone: 'bad',
        action: { label: 'Open Promote', run: openPromote },
      });
    });
  }, []);
  return null;
}

const openPromote = () => openTab({ kind: 'promote', key: 'promote', title: 'Promote' });
