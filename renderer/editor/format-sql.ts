import { monaco } from './monaco.ts';
import { sqlLanguage } from './sql-language.ts';

/** Lays the text out anew; what cannot be read stays as it is. The formatter is loaded when it is first used. */
monaco.languages.registerDocumentFormattingEditProvider(sqlLanguage, {
  async provideDocumentFormattingEdits(model) {
    return [{ range: model.getFullModelRange(), text: await formatted(model.getValue()) }];
  },
});

monaco.languages.registerDocumentRangeFormattingEditProvider(sqlLanguage, {
  async provideDocumentRangeFormattingEdits(model, range) {
    return [{ range, text: await formatted(model.getValueInRange(range)) }];
  },
});

async function formatted(text: string): Promise<string> {
  const { formatDialect, postgresql } = await import('sql-formatter');
  return formatDialect(text, {
    dialect: postgresql,
    tabWidth: 2,
    keywordCase: 'lower',
    functionCase: 'preserve',
    dataTypeCase: 'lower',
    expressionWidth: 80,
    linesBetweenQueries: 1,
    paramTypes: { named: [':'] },
  });
}
