import { engine } from '../engine.ts';
import { putMarks } from './marks.ts';
import { monaco } from './monaco.ts';

const owner = 'assay-writing';
const pause = 350;

/** Underlines what PostgreSQL has against the text a moment after it was written; a late answer is thrown away. */
export function watchFaults(code: monaco.editor.IStandaloneCodeEditor): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const look = async () => {
    const model = code.getModel();
    if (!model) return;
    const mine = ++asked;
    const text = model.getValue();
    const faults = await engine.query.faults({ text }).catch(() => []);
    if (mine !== asked || model.isDisposed() || model.getValue() !== text) return;
    putMarks(
      model,
      owner,
      faults.map(({ from, to, message, hint }) => {
        const range = monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
        const severity = monaco.MarkerSeverity.Error;
        return { ...range, severity, message: [message, hint].filter(Boolean).join('\n') };
      }),
    );
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), pause);
  };
  const listening = code.onDidChangeModelContent(soon);
  soon();
  return () => {
    asked++;
    clearTimeout(timer);
    listening.dispose();
  };
}
