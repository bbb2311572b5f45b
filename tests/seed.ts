import fc from 'fast-check';

/** Property tests try the same cases each time; ASSAY_SEED tries others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['ASSAY_SEED'] ?? 20_261_126) });
