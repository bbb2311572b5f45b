import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../../electron/engine/query/parser.ts';
import { renamedInSql } from '../../electron/engine/query/rename-in-sql.ts';

beforeAll(loadParser);

const renamed = (written: string) => renamedInSql(written, 'people', 'folk');

test('statements that write a table name it anew as those that read it do', () => {
  expect(
    [
      'insert into people (id) select id from people on conflict (id) do update set id = people.id returning people.*',
      'update people set id = 1 where people.id = 2',
      'update public.people set id = 1 where public.people.id = 2',
      'delete from people using gone where people.id = gone.id',
      'merge into people using gone on people.id = gone.id when matched then delete',
      'with new as (insert into people values (1) returning *) select * from new',
      'truncate people',
      'copy people to stdout',
      'alter table people add check (people > 0)',
      'create index on people (id)',
    ].map(renamed),
  ).toEqual([
    'insert into folk (id) select id from folk on conflict (id) do update set id = folk.id returning folk.*',
    'update folk set id = 1 where folk.id = 2',
    'update public.folk set id = 1 where public.folk.id = 2',
    'delete from folk using gone where folk.id = gone.id',
    'merge into folk using gone on folk.id = gone.id when matched then delete',
    'with new as (insert into folk values (1) returning *) select * from new',
    'truncate folk',
    'copy folk to stdout',
    'alter table folk add check (people > 0)',
    'create index on folk (id)',
  ]);
});

test('where something else is called so too, the table keeps that name within the statement', () => {
  expect(
    [
      'select people from people where people.id > 1 for update of people',
      'select id from people for update of people',
      'update people set note = people where people.id = 2',
      'select people.id from gone as people, public.people as p',
      'with people as (select 1 as id) select people.id from people, public.people as p',
      "select 'people' -- people",
      'create table people (id int)',
    ].map(renamed),
  ).toEqual([
    'select people from folk as people where people.id > 1 for update of people',
    'select id from folk for update of folk',
    'update folk as people set note = people where people.id = 2',
    'select people.id from gone as people, public.folk as p',
    'with people as (select 1 as id) select people.id from people, public.folk as p',
    "select 'people' -- people",
    'create table people (id int)',
  ]);
});
