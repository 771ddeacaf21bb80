/** The part of the eSpeak NG build that is used here; the package has no types of its own. */
declare module "@echogarden/espeak-ng-emscripten" {
  interface EspeakEvent {
    readonly type: string;
    /** The phoneme, for events of type `phoneme`. */
    readonly id: string | number | undefined;
    /** Milliseconds from the start of the sound. */
    readonly audio_position: number;
  }
  interface EspeakWorker {
    get_samplerate(): number;
    /** 0 when the voice is known. */
    set_voice(name: string): number;
    /** English words a minute, 80 to 450. */
    set_rate(rate: number): void;
    /** Calls back with samples that are the callee's own; true as its answer stops the synthesis. */
    synthesize(text: string, onPart: (samples: Int16Array, events: readonly EspeakEvent[]) => boolean): void;
  }
  interface EspeakModule {
    readonly eSpeakNGWorker: new () => EspeakWorker;
    /** The virtual file system with the voice data. */
    readonly FS: {
      readFile(path: string): Uint8Array;
      readdir(path: string): string[];
      stat(path: string): { readonly mode: number };
      isDir(mode: number): boolean;
    };
  }
  export default function createEspeak(): Promise<EspeakModule>;
}
