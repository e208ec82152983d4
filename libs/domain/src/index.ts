export * from './vocabulary';
export * from './form';
export * from './case-state';
