import { yamlText } from '../yaml-text.ts';
import { contractColumns, type ShopTable } from './columns.ts';
import type { Rule } from './rule.ts';
import { shopRules } from './rules.ts';

function quality({ id, description, dimension, severity, kind, params, warnAbove, failAbove }: Rule) {
  const thresholds = {
    ...(warnAbove === undefined ? {} : { warnAbove }),
    ...(failAbove === undefined ? {} : { failAbove }),
  };
  const implementation = { kind, params, ...thresholds };
  return { type: 'custom', engine: 'assay', id, description, dimension, severity, implementation };
}

/** The rules of one table as an open data contract (ODCS 3.1). */
export function contractYaml(table: ShopTable): string {
  const rules = shopRules[table];
  const properties = Object.entries(contractColumns[table]).map(([name, physicalType]) => {
    const own = rules.filter(({ column }) => column === name).map(quality);
    return { name, physicalType, ...(own.length > 0 ? { quality: own } : {}) };
  });
  const contract = {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `shop-${table.replaceAll('_', '-')}`,
    name: table,
    version: '1.0.0',
    status: 'active',
    schema: [
      {
        name: table,
        physicalType: 'table',
        properties,
        quality: rules.filter(({ column }) => column === undefined).map(quality),
      },
    ],
  };
  return yamlText(contract);
}
