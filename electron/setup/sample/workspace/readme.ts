/** The page that greets whoever opens the sample's folder. */
export const readme = `# Shop

Two years of a made-up shop: customers, products, orders, their items, support tickets and what visitors clicked.
Nobody in it is real. About a dozen things are wrong on purpose; \`defects.yaml\` lists them, so that you can see
whether you find them first.

| file | rows | what |
| --- | ---: | --- |
| \`data/customers.csv\` | 1,201 | names from thirteen countries, post codes and phone numbers to be kept as text |
| \`data/products.csv\` | 180 | stock keeping units with leading zeros |
| \`data/orders.csv\` | 9,100 | with seasons, weekdays and a growing second year |
| \`data/order_items.csv\` | {items} | add up to the orders' totals, with a few exceptions |
| \`data/support_tickets.csv\` | 2,400 | free text about twelve matters |
| \`data/product_events.csv\` | 50,000 | page views to purchases, properties as JSON |

## Try this

1. **Import.** Open \`customers.csv\`. One line has a field too many; the account shows it as rejected, with its line and
   its raw text. Now \`order_items.csv\`, where somebody wrote a quantity as a word.
2. **Look.** Sort \`orders\` by total, filter by status, open a column's profile. Two statuses look nearly alike.
3. **Ask.** Run \`funnel.sql\` or \`top-customers.sql\`. Put the cursor into a sub-select to see its rows alone.
4. **Pipeline.** Run \`order-revenue\`. It writes \`revenue_by_country\`; what its filter drops goes to
   \`cancelled_orders\`. Look there for orders that were not cancelled at all.
5. **Check.** Run all checks. Open a finding to see the rule, its history and the rows. Rules of all six classes are in
   \`checks/\`: schema, completeness, uniqueness, referential integrity, range, business rule.
6. **Search.** Embed \`subject\` and \`body\` of \`support_tickets\`, then look for "the glass was smashed when I opened the
   box" or "I want my money back". Narrow it to open tickets of high priority.
7. **Promote.** The target \`rehearsal\` is a second workspace beside this one (\`../Shop-rehearsal\`). Plan, apply, verify;
   the failing checks stand in the way until you accept them. The receipt says what was compared. Then roll back.

From a terminal, in this folder:

    assay import data/*.csv
    assay run order-revenue
    assay check
    assay embed support_tickets --columns subject,body --collection tickets
    assay search "parcel never arrived" --collection tickets --limit 5
    assay promote rehearsal --plan
`;
