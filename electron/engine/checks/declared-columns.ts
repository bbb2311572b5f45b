import type { YAMLMap } from 'yaml';
import { canonicalType } from '../../../shared/canonical-type.ts';
import { typeFamily } from '../../../shared/column.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { customProperty, nameOf, propertiesOf, setCustomProperty } from './contract-document.ts';
import type { PropertyRule } from './property-rules.ts';

/** The custom property of an object whose columns and types are listed, and not to be checked. */
const unchecked = 'assayColumnsUnchecked';

/** What a property says beside the rules on it, by which it declares a column rather than being the place of a rule. */
const declaring = ['physicalType', 'logicalType', 'description', 'businessName'];

const ruleName = 'declared_columns';

/** True for the rule that a contract's own list of columns makes, beside which the analyst may want another. */
export const isDeclared = ({ id }: Pick<CheckRule, 'id'>): boolean => id.startsWith(ruleName);

/** The columns that a schema object declares, as the rule that they are there and of their types. */
export function declaredColumns(object: YAMLMap, id: (words: string) => string): PropertyRule[] {
  if (customProperty(object, unchecked) === true) return [];
  const declared = propertiesOf(object).filter(
    (one) => nameOf(one) !== '' && declaring.some((key) => one.has(key)),
  );
  if (declared.length === 0) return [];
  const columns = declared.map((one) => ({ name: nameOf(one), type: typeOf(one) }));
  const rule = {
    id: id(ruleName),
    kind: 'columns',
    params: { columns, inOrder: false, others: true },
    failAbove: 0,
  };
  return [{ rule, node: object, take: () => setCustomProperty(object, unchecked, true) }];
}

/** The physical type where PostgreSQL has it, else the sort of values that the logical type says; none where neither says. */
function typeOf(property: YAMLMap): string {
  const [physical, said] = [property.get('physicalType'), property.get('logicalType')];
  if (typeof physical === 'string' && isOurs(physical)) return physical;
  if (said === 'string') return 'any text';
  const known = /^(integer|number|boolean|date|timestamp|time|object|array)$/.test(String(said));
  return known ? `any ${said}` : '';
}

const isOurs = (type: string) => typeFamily(canonicalType(type).replace(/(\[\])+$/, '')) !== 'other';
