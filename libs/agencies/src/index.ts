export * from './agencies.module';
export * from './agency-registry';
export * from './kit/http-message-signature';
export * from './kit/envelope';
export * from './kit/agency-http';
