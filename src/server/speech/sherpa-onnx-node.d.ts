/** The part of sherpa-onnx that is used here; the package has no types of its own. */
declare module "sherpa-onnx-node" {
  interface OfflineTts {
    readonly sampleRate: number;
    generateAsync(request: { text: string; sid: number; speed: number }): Promise<{
      /** -1 to 1. */
      readonly samples: Float32Array;
      readonly sampleRate: number;
    }>;
  }
  const sherpa: { readonly OfflineTts: { createAsync(config: object): Promise<OfflineTts> } };
  export default sherpa;
}
