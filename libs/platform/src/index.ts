export * from './clock';
export * from './ids';
export * from './read-config';
export * from './sensitive';
export * from './settings-profile';
export * from './fail-point';
export * from './json-log';
export * from './problem';
