import { microsoft, type OnnxGraph, type Value } from './onnx-graph.ts';
import { quantizedByRow, transposedBytes } from './quantize.ts';
import type { Matrix } from './tensor.ts';

/**
 * Tokens × weights in 8-bit integers; `weight` is outputs × inputs, as PyTorch keeps it. Each token is quantised by its
 * own largest value, so a text's vector does not depend on its neighbours in the batch nor on padding, as it does with
 * DynamicQuantizeMatMul, which takes one range from the whole batch (microsoft/onnxruntime#10111).
 * Source: Dettmers et al. 2022, "LLM.int8()", section 2.1, row-wise quantisation.
 */
export function quantizedProduct(graph: OnnxGraph, tokens: Value, name: string, weight: Matrix): Value {
  const quantized = quantizedByRow(weight);
  const outputs = weight.rows;
  const bytes = graph.constant(name, [weight.columns, outputs], transposedBytes(quantized));
  const scales = graph.constant(`${name} scale`, [outputs], quantized.scales);
  // A constant of its own for each: onnxruntime rewrites them one by one where 8-bit products would overflow.
  const zero = graph.constant(`${name} zero`, [outputs], new Int8Array(outputs));
  const middle = graph.constant('middle', [], Uint8Array.of(128));
  const steps = graph.node('Mul', [largest(graph, tokens), graph.scalar('1/127', 1 / 127)]);
  const step = graph.node('Squeeze', [steps, graph.integers(1)]);
  const middles = graph.node('Expand', [middle, graph.node('Shape', [step])]);
  const rounded = graph.node('QuantizeLinear', [tokens, step, middles], { axis: 0 });
  const product = graph.node(
    'MatMulIntegerToFloat',
    [rounded, bytes, graph.scalar('1', 1), scales, middle, zero],
    {},
    microsoft,
  );
  return graph.node('Mul', [product, steps]);
}

/** Each token's largest absolute value, never zero. */
function largest(graph: OnnxGraph, tokens: Value): Value {
  const attributes = { axes: [-1], keepdims: 1 };
  const highest = graph.node('ReduceMax', [tokens], attributes);
  const lowest = graph.node('ReduceMin', [tokens], attributes);
  return graph.node('Max', [highest, graph.node('Neg', [lowest]), graph.scalar('almost zero', 1e-12)]);
}
