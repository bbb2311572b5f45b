/** Queries that come with the sample, by file name. */
export const queries: Readonly<Record<string, string>> = {
  'top-customers.sql': `-- The twenty customers who spent the most, and how their spending is spread.
select
  c.customer_id,
  c.name,
  c.country,
  count(*) as orders,
  sum(o.total) as spent,
  round(avg(o.total), 2) as average_order,
  max(o.ordered_at)::date as last_order
from orders o
join (select distinct on (customer_id) * from customers order by customer_id, signed_up_at) c
  using (customer_id)
where o.status in ('paid', 'shipped', 'delivered')
group by c.customer_id, c.name, c.country
order by spent desc
limit 20;
`,
  'funnel.sql': `-- How many people reach each step from the first page to the purchase, by where they came from.
with people as (
  select
    properties::jsonb ->> 'user_id' as user_id,
    properties::jsonb #>> '{traits,source}' as source,
    bool_or(event = 'product_view') as looked,
    bool_or(event = 'add_to_cart') as chose,
    bool_or(event = 'checkout_start') as began,
    bool_or(event = 'purchase') as bought
  from product_events
  group by 1, 2
)
select
  source,
  count(*) as visited,
  count(*) filter (where looked) as looked,
  count(*) filter (where chose) as chose,
  count(*) filter (where began) as began,
  count(*) filter (where bought) as bought,
  round(100.0 * count(*) filter (where bought) / count(*), 2) as bought_percent
from people
group by source
order by visited desc;
`,
  'tickets-by-topic.sql': `-- What customers write about, month by month, told by keywords. Search by meaning finds what these words miss.
with topics (topic, words) as (
  values
    ('delivery', 'parcel|tracking|courier|in transit|delivered'),
    ('damage', 'broken|crack|dent|scratch|shattered|in pieces'),
    ('refund', 'refund|money back|voucher|sent back'),
    ('login', 'log in|sign in|password|locked out|authenticator'),
    ('billing', 'invoice|charged|coupon|reminder'),
    ('size', 'too small|too large|too tight|sleeves|size'),
    ('warranty', 'warranty|guarantee|repair'),
    ('privacy', 'personal data|unsubscribe|cookie|delete my account')
)
select
  date_trunc('month', t.created_at)::date as month,
  p.topic,
  count(*) as tickets,
  count(*) filter (where t.status in ('open', 'pending')) as unsolved
from support_tickets t
join topics p on concat_ws(' ', t.subject, t.body) ~* p.words
group by 1, 2
order by 1 desc, 3 desc;
`,
  'data-quality-metrics.sql': `-- The last day's checks: what passed, what failed, and the worst first. Run the checks before.
select table_name, column_name, quality_check, passed_records, failed_records, pass_rate
from assay.data_quality_metrics
order by pass_rate, failed_records desc, table_name, quality_check;
`,
};
