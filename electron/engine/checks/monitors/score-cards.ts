import { named } from '../../../../shared/by-name.ts';
import type { Score, ScoreCard } from '../../../../shared/contract/monitors.ts';
import type { CheckSettings } from '../../../../shared/contract/workspace.ts';
import { counted } from '../../../../shared/number-words.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** What the catalog knows of one table. */
interface TableFacts {
  readonly name: string;
  /** Hours since the rows changed. */
  readonly hours: number;
  readonly filled: number | null;
  readonly wrong: number | null;
  readonly consistent: number | null;
  readonly rowRules: number;
  readonly references: number;
  /** Rules of both kinds that say nothing of rows: they were not evaluated, or measure a value that fails. */
  readonly openAccuracy: number;
  readonly openReferences: number;
}

interface RunFacts {
  readonly done: number;
  readonly failed: number;
  /** Mean minutes from a failed run to the next that was done, of those that recovered. */
  readonly recovery: number | null;
}

/** How the workspace, and each of its tables, stands to its targets. What the catalog does not have is said to be missing. */
export async function scoreCards(
  session: Session,
  settings: CheckSettings,
  queryMs: readonly number[],
): Promise<readonly ScoreCard[]> {
  const tables = await session.query<TableFacts>(tableFacts);
  const runs = await session.one<RunFacts>(runFacts);
  const critical = new Set(
    tables.filter(({ name }) => named(settings.tables, name)?.critical).map(({ name }) => name),
  );
  const whole: ScoreCard = {
    table: null,
    owner: null,
    critical: false,
    scores: [
      completeness(mean(tables.map(({ filled }) => filled)), 'the latest load of each table'),
      accuracy(mean(tables.map(({ wrong }) => wrong)), {
        rules: sum(tables.map(({ rowRules }) => rowRules)),
        open: sum(tables.map(({ openAccuracy }) => openAccuracy)),
      }),
      consistency(mean(tables.map(({ consistent }) => consistent)), {
        rules: sum(tables.map(({ references }) => references)),
        open: sum(tables.map(({ openReferences }) => openReferences)),
      }),
      oldest(tables.filter(({ name }) => critical.has(name))),
      ...ofRuns(runs),
      slowest(queryMs),
    ],
  };
  return [whole, ...tables.map((facts) => cardOf(facts, settings))];
}

function cardOf(facts: TableFacts, { tables }: CheckSettings): ScoreCard {
  const { name, filled, wrong, consistent, rowRules, references, openAccuracy, openReferences } = facts;
  const own = named(tables, name);
  return {
    table: name,
    owner: own?.owner ?? null,
    critical: own?.critical ?? false,
    scores: [
      completeness(filled, 'all columns of the latest load'),
      accuracy(wrong, { rules: rowRules, open: openAccuracy }),
      consistency(consistent, { rules: references, open: openReferences }),
      own?.critical ? oldest([facts]) : freshness(facts),
    ],
  };
}

/** Nearly none is not none, and nearly all not all. */
function percent(value: number): string {
  const rounded = Number(value.toFixed(2));
  if (rounded === 0 && value > 0) return '< 0.01%';
  return rounded === 100 && value < 100 ? '> 99.99%' : `${rounded}%`;
}

/** How many rules a score is made of, and how many more have nothing to say of rows, or could not. */
interface Rules {
  readonly rules: number;
  readonly open: number;
}

/** A target that is met by what was evaluated is not met where more was to be. */
const metUnlessOpen = (met: boolean, { open }: Rules): boolean | null => (met && open > 0 ? null : met);

const ofRules = ({ rules }: Rules): string => (rules === 1 ? 'the one rule' : `one of ${rules} rules`);

function openWords({ open }: Rules): string {
  if (open === 0) return '';
  return open === 1
    ? ' One more was not evaluated, or measures a value that fails.'
    : ` ${open} more were not evaluated, or measure values that fail.`;
}

const completeness = (filled: number | null, of: string): Score => ({
  name: 'Completeness',
  target: '> 99%',
  value: filled === null ? null : percent(filled),
  met: filled === null ? null : filled > 99,
  says:
    filled === null
      ? 'No load was measured yet: it is after the next import or run.'
      : `Cells that have a value, in ${of}.`,
});

const accuracy = (wrong: number | null, rules: Rules): Score => ({
  name: 'Accuracy errors',
  target: '< 1%',
  value: wrong === null ? null : percent(wrong),
  met: wrong === null ? null : metUnlessOpen(wrong < 1, rules),
  says:
    wrong === null
      ? `No rule on ranges or on business rules was evaluated.${openWords(rules)}`
      : `Rows that break ${ofRules(rules)} on ranges and business rules.${openWords(rules)}`,
});

const consistency = (good: number | null, rules: Rules): Score => ({
  name: 'Consistency',
  target: '100%',
  value: good === null ? null : percent(good),
  met: good === null ? null : metUnlessOpen(good >= 100, rules),
  says:
    good === null
      ? `No rule on references was evaluated.${openWords(rules)}`
      : `Rows that keep ${counted(rules.rules, 'rule')} on references.${openWords(rules)}`,
});

const since = (hours: number) =>
  hours < 1 ? `${Math.round(hours * 60)} min` : `${Number(hours.toFixed(1))} h`;

const freshness = ({ hours }: TableFacts): Score => ({
  name: 'Freshness',
  target: 'none, not critical',
  value: since(hours),
  met: null,
  says: 'Time since the rows last changed.',
});

function oldest(critical: readonly TableFacts[]): Score {
  const hours = critical.length === 0 ? null : Math.max(...critical.map((one) => one.hours));
  return {
    name: 'Freshness of critical tables',
    target: '< 1 h',
    value: hours === null ? null : since(hours),
    met: hours === null ? null : hours < 1,
    says: hours === null ? 'No table is said to be critical.' : 'Time since the rows last changed.',
  };
}

function ofRuns({ done, failed, recovery }: RunFacts): Score[] {
  const all = done + failed;
  const good = all === 0 ? null : (100 * done) / all;
  return [
    {
      name: 'Pipeline success',
      target: '> 99%',
      value: good === null ? null : percent(good),
      met: good === null ? null : good > 99,
      says:
        good === null
          ? 'No pipeline ran in the last 30 days.'
          : `${done} of ${counted(all, 'run')} of the last 30 days ${all === 1 ? 'was' : 'were'} done.`,
    },
    {
      name: 'Recovery time',
      target: 'none',
      value: recovery === null ? null : since(recovery / 60),
      met: null,
      says:
        recovery === null
          ? 'No failed run was followed by one that was done.'
          : 'Mean time from a failed run to the next that was done.',
    },
  ];
}

/** Nineteen of twenty queries that were done took no longer. */
function slowest(ms: readonly number[]): Score {
  const sorted = ms.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil(0.95 * sorted.length) - 1];
  return {
    name: 'Query time (p95)',
    target: '< 5 s',
    value: value === undefined ? null : `${Number((value / 1000).toFixed(2))} s`,
    met: value === undefined ? null : value < 5000,
    says:
      value === undefined
        ? 'No query was run in the window yet.'
        : `Of the last ${ms.length} different queries in the history.`,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function mean(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  return known.length === 0 ? null : sum(known) / known.length;
}

const tableFacts = sql`
  select t.name, extract(epoch from now() - t.updated_at)::float8 / 3600 as hours,
    (select 100 - avg(f.value) from assay.figures f
      where f.table_name = t.name and f.figure = 'nulls'
        and f.version = (select max(version) from assay.loads l where l.table_name = t.name))::float8 as filled,
    c.wrong, c.consistent, coalesce(c.row_rules, 0)::float8 as "rowRules", coalesce(c."references", 0)::float8 as "references",
    coalesce(c.open_accuracy, 0)::float8 as "openAccuracy", coalesce(c.open_references, 0)::float8 as "openReferences"
  from assay.tables t
  left join (
    select table_name,
      (100.0 * sum(failed_records) filter (where accurate and judged) / nullif(sum(judged_records) filter (where accurate and judged), 0))::float8 as wrong,
      (100.0 * sum(passed_records) filter (where refers and judged) / nullif(sum(judged_records) filter (where refers and judged), 0))::float8 as consistent,
      count(*) filter (where accurate and judged) as row_rules, count(*) filter (where refers and judged) as "references",
      count(*) filter (where accurate and open) as open_accuracy, count(*) filter (where refers and open) as open_references
    from (select *, class in ('range', 'business rule') as accurate, class = 'referential integrity' as refers,
        unit is null and rows_read > 0 and verdict in ('pass', 'warn', 'fail') as judged,
        verdict in ('error', 'not evaluated') or unit is not null and verdict = 'fail' as open
      from assay.latest_findings) as q
    group by table_name) as c on c.table_name = t.name
  order by t.name`;

const runFacts = sql`
  with recent as (
    select pipeline, id, status, started_at from assay.runs
    where status in ('done', 'failed') and started_at >= now() - interval '30 days')
  select count(*) filter (where status = 'done')::float8 as done,
    count(*) filter (where status = 'failed')::float8 as failed,
    (select avg(extract(epoch from later.started_at - f.started_at) / 60)::float8
      from recent f
      cross join lateral (select started_at from recent d
        where d.pipeline = f.pipeline and d.status = 'done' and d.id > f.id order by d.id limit 1) as later
      where f.status = 'failed') as recovery
  from recent`;
