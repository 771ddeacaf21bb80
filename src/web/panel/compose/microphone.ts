/**
 * The microphone of whoever sits here: what it hears, and a recording of that.
 *
 * @module
 */
import { systemClock } from "../../../base/clock.js";
import { openMicrophone, unusable } from "../pieces/microphone.js";

/** A recording in the making. */
export interface Take {
  readonly recorder: MediaRecorder;
  readonly analyser: AnalyserNode;
  /** Gives the microphone back. */
  readonly release: () => void;
  readonly startedAt: number;
}

/** @throws Error in words for people */
export async function beginTake(onDone: (sound: Blob) => void): Promise<Take> {
  const stream = await openMicrophone({ channelCount: 1 });
  const context = new AudioContext();
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  const analyser = context.createAnalyser();
  let recorder: MediaRecorder;
  try {
    context.createMediaStreamSource(stream).connect(analyser);
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: 96_000 });
  } catch (cause) {
    release();
    throw new Error(unusable(), { cause });
  }
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = () => onDone(new Blob(pieces, { type: recorder.mimeType }));
  recorder.start(1000);
  return { recorder, analyser, release, startedAt: systemClock.now() };
}
