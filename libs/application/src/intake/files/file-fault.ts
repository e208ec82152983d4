/** Why a file is not kept: no type of ours, not whole, locked by a password, or more than anybody's reader should open. */
export type FileFault = 'bad_file' | 'file_damaged' | 'file_encrypted' | 'image_too_large';

/** More than any phone takes; a picture of a few bytes may claim any size. */
const MAX_PIXELS = 100_000_000;

export const sizeFault = (width: number, height: number): FileFault | null => {
  if (width === 0 || height === 0) return 'file_damaged';
  return width * height > MAX_PIXELS ? 'image_too_large' : null;
};
