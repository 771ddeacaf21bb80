/**
 * Any audio in, the house sound out: the only folder that knows ffmpeg.
 *
 * @module
 */
export type { Sandbox } from "./launcher.js";
export { type ClipPipeline, createPipeline, type Description, type PipelineOptions } from "./pipeline.js";
export type { RadioListener } from "./radio-sound.js";
