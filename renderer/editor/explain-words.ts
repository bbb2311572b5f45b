import { engine } from '../engine.ts';
import { monaco } from './monaco.ts';
import { sqlLanguage } from './sql-language.ts';

/** How a function is called, while its arguments are written. */
monaco.languages.registerSignatureHelpProvider(sqlLanguage, {
  signatureHelpTriggerCharacters: ['(', ','],
  signatureHelpRetriggerCharacters: [')'],
  async provideSignatureHelp(model, position, token) {
    const at = model.getOffsetAt(position);
    const found = await engine.query.signatures({ text: model.getValue(), at }).catch(() => null);
    if (!found || token.isCancellationRequested) return null;
    const signatures = found.signatures.map(({ label, parameters, result }) => ({
      label: `${label} → ${result}`,
      parameters: parameters.map(([from, to]) => ({ label: [from, to] as [number, number] })),
    }));
    return {
      value: { signatures, activeSignature: found.signature, activeParameter: found.parameter },
      dispose: () => {},
    };
  },
});

/** What a name is, under the mouse or by keyboard. */
monaco.languages.registerHoverProvider(sqlLanguage, {
  async provideHover(model, position, token) {
    const at = model.getOffsetAt(position);
    const found = await engine.query.hover({ text: model.getValue(), at }).catch(() => null);
    if (!found || token.isCancellationRequested) return null;
    return {
      range: monaco.Range.fromPositions(model.getPositionAt(found.from), model.getPositionAt(found.to)),
      contents: [{ value: `\`\`\`${sqlLanguage}\n${found.title}\n\`\`\`` }, { value: plain(found.says) }],
    };
  },
});

/** Names of columns must not be read as Markdown. */
const plain = (words: string) => words.replaceAll(/[\\`*_{}[\]()#+.!|<>-]/g, String.raw`\$&`);
