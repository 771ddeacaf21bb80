/** Frames of MPEG-2 layer III, 32 kbit/s, 24 kHz, mono: what the Google endpoint is said to send. Each lasts 24 ms. */
export const FRAME_BYTES = 96;

/** @param mark fills the frames, so that pieces can be told apart */
export const tinyMp3 = (frames: number, mark = 0): Buffer =>
  Buffer.concat(
    Array.from({ length: frames }, () =>
      Buffer.concat([Buffer.from([0xff, 0xf3, 0x44, 0xc0]), Buffer.alloc(FRAME_BYTES - 4, mark)]),
    ),
  );
