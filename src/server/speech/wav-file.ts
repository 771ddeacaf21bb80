/**
 * A WAV file written as it is made, so that half an hour of speech is never held in memory.
 *
 * @module
 */
import { open } from "node:fs/promises";
import { WAV_HEADER, wavHeader } from "../../base/wav.js";

export interface WavFile {
  /** Appends samples. */
  write(samples: Int16Array): Promise<void>;
  silence(seconds: number): Promise<void>;
  /** Writes the lengths into the header, and makes sure that all of it is on disk. */
  finish(): Promise<void>;
  /** Lets go of the file as it is; twice is harmless, also after {@link WavFile.finish}. */
  close(): Promise<void>;
}

/** RIFF counts with 32 bits; some readers take them as signed. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Creates a file of 16-bit mono sound.
 *
 * @param rate samples a second
 * @throws the file system's error; RangeError when more is written than WAV can hold
 */
export async function createWavFile(path: string, rate: number): Promise<WavFile> {
  const file = await open(path, "wx", 0o640);
  let size = WAV_HEADER;
  const put = async (bytes: Uint8Array) => {
    if (size + bytes.length > MOST_BYTES) throw new RangeError("more sound than a WAV file can hold");
    let done = 0;
    while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done, size + done)).bytesWritten;
    size += bytes.length;
  };
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await file.close();
  };

  return {
    write: (samples) => put(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)),
    silence: (seconds) => put(new Uint8Array(2 * Math.round(seconds * rate))),
    async finish() {
      await file.write(wavHeader(size - WAV_HEADER, rate), 0, WAV_HEADER, 0);
      await file.sync();
      await close();
    },
    close,
  };
}
