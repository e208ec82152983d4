export * from './agencies.module';
export * from './agency-registry';
export * from './kit/http-message-signature';
export * from './kit/signing-keys';
export * from './kit/key-file';
export * from './kit/envelope';
export * from './kit/agency-http';
export * from './kit/standard-webhooks';
