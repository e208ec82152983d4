export * from './day-counting';
export * from './statutory-limit';
export * from './working-days';
