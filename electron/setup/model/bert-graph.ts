import { microsoft, OnnxGraph, type Value } from './onnx-graph.ts';
import { quantizedByRow } from './quantize.ts';
import { quantizedProduct } from './quantized-product.ts';
import type { Safetensors } from './safetensors.ts';
import { joined, matrix, stacked } from './tensor.ts';

/** What the model's config.json says of its shape. */
export interface BertShape {
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_hidden_layers: number;
  readonly layer_norm_eps: number;
}

/** ONNX's number for single precision. */
const float32 = 1;

/**
 * A sentence encoder as an ONNX file: BERT (Devlin et al. 2018), then the mean over the tokens that are not
 * padding, then length 1 (Reimers and Gurevych 2019, "Sentence-BERT").
 */
export function bertGraph(weights: Safetensors, shape: BertShape): Buffer {
  const graph = new OnnxGraph();
  const ids = graph.input('input_ids', ['batch', 'tokens']);
  const mask = graph.input('attention_mask', ['batch', 'tokens']);
  const encoder = new Encoder(graph, weights, shape, ids, mask);
  let hidden = encoder.embedded();
  for (let layer = 0; layer < shape.num_hidden_layers; layer++) {
    hidden = encoder.attention(hidden, `encoder.layer.${layer}.attention`);
    hidden = encoder.feedForward(hidden, `encoder.layer.${layer}`);
  }
  const sentence = unitLength(graph, mean(graph, encoder.byText(hidden), mask));
  graph.output('sentence_embedding', sentence, ['batch', shape.hidden_size]);
  return graph.toBytes('sentence encoder');
}

/** The layers. Between them all tokens of a batch are rows of one matrix. */
class Encoder {
  readonly #graph: OnnxGraph;
  readonly #weights: Safetensors;
  readonly #shape: BertShape;
  readonly #ids: Value;
  readonly #idsShape: Value;
  readonly #absent: Value;
  readonly #headsShape: Value;

  constructor(graph: OnnxGraph, weights: Safetensors, shape: BertShape, ids: Value, mask: Value) {
    this.#graph = graph;
    this.#weights = weights;
    this.#shape = shape;
    this.#ids = ids;
    this.#idsShape = graph.node('Shape', [ids]);
    const heads = shape.num_attention_heads;
    const headSizes = graph.integers(heads, shape.hidden_size / heads);
    this.#headsShape = graph.node('Concat', [this.#idsShape, headSizes], { axis: 0 });
    const present = graph.node('Unsqueeze', [
      graph.node('Cast', [mask], { to: float32 }),
      graph.integers(1, 2),
    ]);
    this.#absent = graph.node('Mul', [
      graph.node('Sub', [graph.scalar('1', 1), present]),
      graph.scalar('never', -10_000),
    ]);
  }

  /** The sum of each token's word, its place, and "first sentence", normalised. */
  embedded(): Value {
    const graph = this.#graph;
    const size = this.#shape.hidden_size;
    const places = this.#weights.tensor('embeddings.position_embeddings.weight');
    const kinds = this.#weights.tensor('embeddings.token_type_embeddings.weight');
    const zero = graph.integers(0);
    const tokens = graph.node('Slice', [this.#idsShape, graph.integers(1), graph.integers(2), zero]);
    const allPlaces = graph.constant('places', places.shape, places.data);
    const place = graph.node('Slice', [allPlaces, zero, tokens, zero]);
    const kind = graph.constant('first kind', [size], kinds.data.slice(0, size));
    const sum = graph.node('Add', [this.#words(), graph.node('Add', [place, kind])]);
    return this.#normalised(this.#byToken(sum), 'embeddings.LayerNorm');
  }

  #words(): Value {
    const graph = this.#graph;
    const words = quantizedByRow(matrix(this.#weights.tensor('embeddings.word_embeddings.weight')));
    const bytes = graph.constant('words', [words.rows, words.columns], words.bytes);
    const scales = graph.constant('words scale', [words.rows, 1], words.scales);
    const values = graph.node('Cast', [graph.node('Gather', [bytes, this.#ids])], { to: float32 });
    return graph.node('Mul', [values, graph.node('Gather', [scales, this.#ids])]);
  }

  /** Scaled dot-product attention (Vaswani et al. 2017) of several heads. */
  attention(hidden: Value, name: string): Value {
    const graph = this.#graph;
    const size = this.#shape.hidden_size;
    const parts = ['query', 'key', 'value'].map((part) => `${name}.self.${part}`);
    const all = graph.node('Add', [this.#product(hidden, parts), this.#bias(parts)]);
    const split = graph.nodes('Split', [all, graph.integers(size, size, size)], 3, { axis: -1 });
    const [query = '', key = '', value = ''] = split.map((part) =>
      graph.node('Reshape', [part, this.#headsShape]),
    );
    const heads = (part: Value) => graph.node('Transpose', [part], { perm: [0, 2, 1, 3] });
    const scores = graph.node('MatMul', [
      heads(query),
      graph.node('Transpose', [key], { perm: [0, 2, 3, 1] }),
    ]);
    const scaled = graph.node('Mul', [
      scores,
      graph.scalar('score scale', 1 / Math.sqrt(size / this.#shape.num_attention_heads)),
    ]);
    const shares = graph.node('Softmax', [graph.node('Add', [scaled, this.#absent])], { axis: -1 });
    const mixed = heads(graph.node('MatMul', [shares, heads(value)]));
    return this.#added(this.#byToken(mixed), hidden, `${name}.output`);
  }

  feedForward(hidden: Value, name: string): Value {
    const inner = [`${name}.intermediate.dense`];
    const bent = this.#graph.node(
      'BiasGelu',
      [this.#product(hidden, inner), this.#bias(inner)],
      {},
      microsoft,
    );
    return this.#added(bent, hidden, `${name}.output`);
  }

  /** A linear layer, added to what came before it, normalised. */
  #added(input: Value, before: Value, name: string): Value {
    const dense = [`${name}.dense`];
    const sum = this.#graph.node('Add', [this.#product(input, dense), this.#bias(dense)]);
    return this.#normalised(this.#graph.node('Add', [sum, before]), `${name}.LayerNorm`);
  }

  #normalised(tokens: Value, name: string): Value {
    const [scale = '', shift = ''] = ['weight', 'bias'].map((part) => {
      const { shape, data } = this.#weights.tensor(`${name}.${part}`);
      return this.#graph.constant(`${name}.${part}`, shape, data);
    });
    const attributes = { axis: -1, epsilon: { float: this.#shape.layer_norm_eps } };
    return this.#graph.node('LayerNormalization', [tokens, scale, shift], attributes);
  }

  /** Linear layers of the same input side by side, without their biases. */
  #product(input: Value, layers: readonly string[]): Value {
    const weight = stacked(layers.map((layer) => matrix(this.#weights.tensor(`${layer}.weight`))));
    return quantizedProduct(this.#graph, input, layers.join(' '), weight);
  }

  #bias(layers: readonly string[]): Value {
    const bias = joined(layers.map((layer) => this.#weights.tensor(`${layer}.bias`).data));
    return this.#graph.constant(`${layers.join(' ')} bias`, [bias.length], bias);
  }

  /** Texts × tokens × numbers. */
  byText(hidden: Value): Value {
    const shape = [this.#idsShape, this.#graph.integers(this.#shape.hidden_size)];
    return this.#graph.node('Reshape', [hidden, this.#graph.node('Concat', shape, { axis: 0 })]);
  }

  #byToken(hidden: Value): Value {
    return this.#graph.node('Reshape', [hidden, this.#graph.integers(-1, this.#shape.hidden_size)]);
  }
}

function mean(graph: OnnxGraph, hidden: Value, mask: Value): Value {
  const present = graph.node('Unsqueeze', [graph.node('Cast', [mask], { to: float32 }), graph.integers(2)]);
  const sum = (value: Value) => graph.node('ReduceSum', [value, graph.integers(1)], { keepdims: 0 });
  return graph.node('Div', [sum(graph.node('Mul', [hidden, present])), sum(present)]);
}

function unitLength(graph: OnnxGraph, vector: Value): Value {
  const squares = graph.node('ReduceSum', [graph.node('Mul', [vector, vector]), graph.integers(1)], {
    keepdims: 1,
  });
  const length = graph.node('Max', [graph.node('Sqrt', [squares]), graph.scalar('almost zero', 1e-12)]);
  return graph.node('Div', [vector, length]);
}
