import type { Completion, Offer } from '../../shared/contract/query-language.ts';
import { engine } from '../engine.ts';
import { monaco } from './monaco.ts';
import { sqlLanguage } from './sql-language.ts';

const { CompletionItemKind: kind, CompletionItemInsertTextRule: rule } = monaco.languages;

const kinds: Readonly<Record<Offer['kind'], monaco.languages.CompletionItemKind>> = {
  column: kind.Field,
  table: kind.Struct,
  view: kind.Interface,
  with: kind.Variable,
  schema: kind.Module,
  relation: kind.Variable,
  function: kind.Function,
  join: kind.Snippet,
  type: kind.TypeParameter,
  parameter: kind.Value,
  keyword: kind.Keyword,
};

const nothing: monaco.languages.CompletionList = { suggestions: [] };

monaco.languages.registerCompletionItemProvider(sqlLanguage, {
  triggerCharacters: ['.', '"', ' ', '(', ':'],
  async provideCompletionItems(model, position, context, token) {
    const text = model.getValue();
    const at = model.getOffsetAt(position);
    const typed = context.triggerKind === monaco.languages.CompletionTriggerKind.TriggerCharacter;
    if (typed && !worthOffering(text.slice(0, at))) return nothing;
    const found = await engine.query.complete({ text, at }).catch(() => undefined);
    if (!found || token.isCancellationRequested) return nothing;
    return { suggestions: itemsOf(found, model), incomplete: found.more };
  },
});

/** A space offers something only where a name must follow; everywhere else it would be in the way. */
const worthOffering = (before: string) =>
  !/[ (]$/.test(before) || /\b(from|join|on|into|update|using\s*\(|by|set)\s*$|::$/i.test(before);

function itemsOf({ from, to, offers }: Completion, model: monaco.editor.ITextModel) {
  const range = monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
  return offers.map((offer, at): monaco.languages.CompletionItem => {
    const { label, insert = label, detail, kind: of } = offer;
    const called = of === 'function' && model.getValue().charAt(to) !== '(';
    return {
      label: detail ? { label, description: detail } : label,
      insertText: called ? `${insert}($0)` : insert,
      filterText: insert.startsWith('"') ? insert : label,
      kind: kinds[of],
      range,
      sortText: String(at).padStart(4, '0'),
      ...(called
        ? {
            insertTextRules: rule.InsertAsSnippet,
            command: { id: 'editor.action.triggerParameterHints', title: 'Arguments' },
          }
        : {}),
    };
  });
}
