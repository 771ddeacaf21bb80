/**
 * Metrics in Prometheus' text form, version 0.0.4.
 *
 * @module
 */
import type { Metric } from "./control-verbs.js";

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The text that a scrape reads: help, type and samples of each family. */
export const encodeMetrics = (metrics: readonly Metric[]): string => metrics.map(encodeFamily).join("");

function encodeFamily({ name, help, type, samples }: Metric): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${encodeLabels(labels)} ${encodeValue(value)}\n`);
  return `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function encodeLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (value: string) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const encodeValue = (value: number) =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
