/** Writings of one character that forms and old systems mix, each before the one that is looked for. */
const VARIANTS = new Map(
  [
    '準准 證证 証证 計计 劃划 畫划 務务 會会 撫抚 養养 費费 結结 節节 記记 憑凭 無无 須须 與与 聲声 說说 説说 諾诺 請请',
    '補补 應应 當当 還还 僅仅 獨独 兩两 審审 產产 産产 絕绝 環环 檢检 罰罚 關关 係系 領领 辦办 沒没 認认 電电 單单 數数',
    '據据 選选 複复 復复 書书 這这 廢废 經经 親亲 離离 過过',
  ]
    .flatMap((line) => line.split(' '))
    .map(([one = '', other = '']) => [one, other] as const),
);
/** Between the characters of a word they say nothing: 准 生 证, 准-生-证, “准生证”. */
const FILLING = /[^\S\n]|[\p{Cf}·•・.．*~“”"'‘’「」『』《》〈〉()[\]【】{}—–-]/gu;

/** One writing for what a reader takes as the same words; sentences and lines stay apart. */
export function comparable(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll(FILLING, '');
  const simple = [...plain].map((character) => VARIANTS.get(character) ?? character).join('');
  return simple.replaceAll('/', '或');
}
