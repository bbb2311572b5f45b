import { microsoft, OnnxGraph } from './onnx-graph.ts';

/** ONNX's number for unsigned bytes. */
const uint8 = 2;

/**
 * A product of the largest bytes: 255 × 127 summed in pairs does not fit the 16 bits that some processors' fast
 * instruction has for it, and comes out too small there.
 */
export function overflowGraph(): Buffer {
  const graph = new OnnxGraph();
  const [inner, outputs] = [64, 32];
  const input = graph.node('Cast', [graph.input('input', ['rows', inner])], { to: uint8 });
  const weights = graph.constant('weights', [inner, outputs], new Int8Array(inner * outputs).fill(127));
  const one = graph.scalar('1', 1);
  const scales = graph.constant('scales', [outputs], new Float32Array(outputs).fill(1));
  const inputZero = graph.constant('input zero', [], Uint8Array.of(0));
  const zero = graph.constant('zero', [outputs], new Int8Array(outputs));
  const inputs = [input, weights, one, scales, inputZero, zero];
  graph.output('product', graph.node('MatMulIntegerToFloat', inputs, {}, microsoft), ['rows', outputs]);
  return graph.toBytes('overflow');
}
