export * from './ports';
export * from './postgres';
export * from './processes';
export * from './redis';
export * from './until';
