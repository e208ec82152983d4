import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { describeProblems } from './describe-problems';
import { withNullTypes } from './null-types';

/** OpenAPI has no word for it: two headers, of which this is the one that proves. */
const SIGNATURE = {
  type: 'apiKey',
  in: 'header',
  name: 'Signature',
  description:
    'RFC 9421 over @method, @target-uri, Content-Digest and Content-Type with the key agreed on, beside Signature-Input with created, nonce, keyid, alg and tag: docs/agencies/wire/signing.md',
} as const;

/** The contract of all three audiences, out of the code (OpenAPI 3.1). */
export function openApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('出生一件事联办 Birth One-Thing')
    .setDescription(
      'One application after a birth; five services. Errors are RFC 9457 problem+json with a stable code, in Chinese or, by Accept-Language, in English.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addTag('applicants', 'Families: tokens of the audience `applicant`')
    .addTag('clerks', 'Office staff: tokens of the audience `clerk`, with roles and scope')
    .addTag('agencies', 'Agencies and hospitals: each request signed (RFC 9421)')
    .addTag('platform', 'Health')
    .addApiKey(SIGNATURE, 'signature')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'at+jwt (RFC 9068)' })
    .build();
  return withNullTypes(describeProblems(SwaggerModule.createDocument(app, config)));
}
