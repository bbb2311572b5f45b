import type { Problem } from '../../shared/problem.ts';
import { putMarks } from './marks.ts';
import { monaco } from './monaco.ts';

const owner = 'assay';

/** Underlines a problem at its place, to the end of the word there, or takes the mark away. */
export function markProblem(code: monaco.editor.IStandaloneCodeEditor, problem: Problem | undefined): void {
  const model = code.getModel();
  if (!model) return;
  const position = problem?.at?.position;
  if (!problem || position === undefined) {
    putMarks(model, owner, []);
    return;
  }
  const start = model.getPositionAt(position - 1);
  const word = model.getWordAtPosition(start);
  const end = word ? word.endColumn : start.column + 1;
  putMarks(model, owner, [
    {
      severity: monaco.MarkerSeverity.Error,
      message: [problem.message, problem.hint].filter(Boolean).join('\n'),
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: start.lineNumber,
      endColumn: Math.max(end, start.column + 1),
    },
  ]);
}
