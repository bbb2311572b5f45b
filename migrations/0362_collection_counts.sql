alter table assay.collections
  -- How it differs from its table, as it was counted: { of, counts }, which hold while `of` is what both are now.
  add column counted jsonb;
