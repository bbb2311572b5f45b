import { defineCheck } from '../define-check.ts';
import { keepsSchema, parseSchema } from '../json-schema-sql.ts';
import { filledRows } from '../judged-rows.ts';
import { column, textLines } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'JSON schema',
  class: 'schema',
  icon: 'braces',
  help: 'Each value of a JSON column keeps a JSON Schema: types, required and allowed keys, values, limits of numbers, texts and lists. Null does not break it. A word of the standard that is not understood is refused by name rather than passed over; patterns are PostgreSQL’s.',
  params: {
    column: column('Column', 'Of type json or jsonb; texts are made JSON by the step Parse JSON.'),
    schema: textLines('Schema', 'As JSON Schema writes it.', { placeholder: '{ "required": ["id"] }' }),
  },
  says: ({ column }) => `\`${column}\` keeps its JSON schema`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  breaks: ({ columns }, { column, schema }) => {
    const type = columns.find(({ name }) => name === column)?.type ?? 'jsonb';
    if (type !== 'json' && type !== 'jsonb') {
      throw problem('bad_input', `"${column}" holds ${type}, and no JSON.`, {
        hint: 'Make it JSON by the step Parse JSON, and check what that gives.',
        at: { column },
      });
    }
    const value = sql`${ident(column)}::jsonb`;
    return sql`${ident(column)} is not null and not ${keepsSchema(sql`(${value})`, parseSchema(schema))}`;
  },
  examples: [
    {
      says: 'a missing key, a wrong type, a value that is not allowed, a number out of range, and a key too many',
      params: {
        column: 'body',
        schema:
          '{ "type": "object", "required": ["id"], "additionalProperties": false, "properties": { "id": { "type": "integer", "minimum": 1 }, "state": { "enum": ["new", "done"] }, "tags": { "items": { "type": "string", "maxLength": 3 } } } }',
      },
      table: {
        types: { body: 'jsonb' },
        rows: [
          { body: '{ "id": 1, "state": "new", "tags": ["a", "abc"] }' },
          { body: '{ "state": "new" }' },
          { body: '{ "id": "1" }' },
          { body: '{ "id": 2, "state": "lost" }' },
          { body: '{ "id": 0 }' },
          { body: '{ "id": 3, "more": true }' },
          { body: '{ "id": 4, "tags": ["abcd"] }' },
          { body: '[1]' },
          { body: null },
        ],
      },
      bad: [1, 2, 3, 4, 5, 6, 7],
    },
    {
      says: 'limits that are themselves not allowed, also as draft 4 wrote them',
      params: { column: 'n', schema: '{ "minimum": 0, "exclusiveMinimum": true, "exclusiveMaximum": 9 }' },
      table: { types: { n: 'jsonb' }, rows: [{ n: '0' }, { n: '1' }, { n: '9' }] },
      bad: [0, 2],
    },
    {
      says: 'one of several forms',
      params: {
        column: 'price',
        schema: '{ "anyOf": [{ "type": "null" }, { "type": "string", "pattern": "^[0-9]+$" }] }',
      },
      table: {
        types: { price: 'json' },
        rows: [{ price: '"12"' }, { price: 'null' }, { price: '"x"' }, { price: '12' }],
      },
      bad: [2, 3],
    },
  ],
});
