export * from './ports/dossier';
export * from './ports/agency-adapter';
export * from './ports/agency-errors';
export * from './ports/hint-queue';
export * from './ports/case-store';
export * from './ports/work-store';
export * from './ports/reads';
