import { formatted } from './formatted.ts';
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
