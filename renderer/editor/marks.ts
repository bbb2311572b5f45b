import { monaco } from './monaco.ts';

const start = ({ startLineNumber, startColumn, message }: monaco.editor.IMarkerData) =>
  JSON.stringify([startLineNumber, startColumn, message.split('\n')[0]]);

/** Underlines places of a text; what somebody else marks there already, with the same words, is not said twice. */
export function putMarks(
  model: monaco.editor.ITextModel,
  owner: string,
  marks: readonly monaco.editor.IMarkerData[],
): void {
  const others = monaco.editor
    .getModelMarkers({ resource: model.uri })
    .filter((mark) => mark.owner !== owner);
  const said = new Set(others.map(start));
  monaco.editor.setModelMarkers(
    model,
    owner,
    marks.filter((mark) => !said.has(start(mark))),
  );
}
