import { spawnSync } from 'node:child_process';

/** Reads a PDF from its input; Jest cannot import the reader itself, an ES module that imports another. */
const READER = `
  import { extractText, getDocumentProxy } from 'unpdf';
  import { buffer } from 'node:stream/consumers';
  const pdf = await getDocumentProxy(new Uint8Array(await buffer(process.stdin)));
  const { totalPages, text } = await extractText(pdf, { mergePages: true });
  process.stdout.write(JSON.stringify({ pages: totalPages, text }));
`;

/** How many pages a PDF has, and what stands on them, without white space. */
export function pdfText(pdf: Buffer): { pages: number; said: string } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', READER], {
    input: pdf,
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (status !== 0) throw new Error(`not readable: ${stderr}`);
  const { pages, text } = JSON.parse(stdout) as { pages: number; text: string };
  return { pages, said: text.replace(/\s/g, '') };
}
