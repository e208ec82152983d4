import type { Locale } from '@birth/application';
import { isProblemCode, PROBLEMS } from './problem-catalogue';

interface Words {
  title: string;
  /** What to do; the title again where that says it all. */
  detail: string;
}

export function problemWords(code: string, locale: Locale): Words {
  const [, zh, en, zhToDo = zh, enToDo = en]: readonly [number, string, string, string?, string?] =
    PROBLEMS[isProblemCode(code) ? code : 'internal'];
  return locale === 'en' ? { title: en, detail: enToDo } : { title: zh, detail: zhToDo };
}
