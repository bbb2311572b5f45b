import { conf, language } from 'monaco-editor/languages/definitions/pgsql/pgsql';
import { monaco } from './monaco.ts';

/** Words that start or join clauses and that PostgreSQL does not reserve, so that Monaco's list lacks them. */
const more =
  'add alter at begin between by cascade commit conflict cube delete drop escape exists explain extension filter first following grouping if index insert last matched materialized merge nothing nulls ordinality over partition preceding range recursive rename restrict rollback rollup row rows savepoint schema set sets show temp temporary truncate unbounded update vacuum values view within zone'
    .toUpperCase()
    .split(' ');

const keywords = [...new Set([...language.keywords, ...language.operators, ...more])];

/** The SQL that editors speak: Monaco's, where every word of a clause looks like one, `and` and `join` as well as `select`. */
export const sqlLanguage = 'pgsql';

monaco.languages.register({ id: sqlLanguage });
monaco.languages.setLanguageConfiguration(sqlLanguage, conf);
monaco.languages.setMonarchTokensProvider(sqlLanguage, {
  ...language,
  keywords,
  operators: [],
  builtinFunctions: language.builtinFunctions.filter((name) => !keywords.includes(name.toUpperCase())),
});
