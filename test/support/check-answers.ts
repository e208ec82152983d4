import { noteAnswered } from './answered-operations';
import { HeardAnswers } from './heard-answers';

declare global {
  // one for each file of tests; specs that want to know what was heard look here
  var heardAnswers: HeardAnswers;
}

globalThis.heardAnswers = new HeardAnswers();
const stop = globalThis.heardAnswers.listen();

const nothingDiffers = (): void => expect(globalThis.heardAnswers.take()).toEqual([]);
afterEach(nothingDiffers);
afterAll(() => {
  stop();
  noteAnswered(globalThis.heardAnswers.check.answered);
  nothingDiffers();
});
