import { bytes, float, integer, message, text } from './protobuf.ts';

/** A value that flows through the graph, by its name in the file. */
export type Value = string & { readonly __value?: never };

type Numbers = Float32Array | Uint8Array | Int8Array | BigInt64Array;
type Attribute = number | readonly number[] | { readonly float: number };

/** Microsoft's operators, which onnxruntime has in all its builds. */
export const microsoft = 'com.microsoft';

// Field numbers and enumerations below: onnx/onnx, onnx/onnx.proto3.
const elementTypes = { float: 1, uint8: 2, int8: 3, int64: 7 } as const;
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

function elementType(numbers: Numbers): number {
  if (numbers instanceof Float32Array) return elementTypes.float;
  if (numbers instanceof Uint8Array) return elementTypes.uint8;
  return numbers instanceof Int8Array ? elementTypes.int8 : elementTypes.int64;
}

/** Puts an ONNX graph together: constants and nodes in, one file out. Equal calls make equal bytes. */
export class OnnxGraph {
  readonly #nodes: Buffer[] = [];
  readonly #constants = new Map<string, Buffer>();
  readonly #inputs: Buffer[] = [];
  readonly #outputs: Buffer[] = [];

  /** An input of 64-bit integers; a dimension that is a word may have any size. */
  input(name: string, dimensions: readonly (number | string)[]): Value {
    this.#inputs.push(valueInfo(11, name, elementTypes.int64, dimensions));
    return name;
  }

  /** Makes a value an output of floats. */
  output(name: string, value: Value, dimensions: readonly (number | string)[]): void {
    this.#node('Identity', [value], [name], {}, '');
    this.#outputs.push(valueInfo(12, name, elementTypes.float, dimensions));
  }

  /** A constant; the same name twice is the same constant. */
  constant(name: string, dimensions: readonly number[], numbers: Numbers): Value {
    if (!this.#constants.has(name)) {
      const raw = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      const shape = dimensions.map((size) => integer(1, size));
      const tensor = [...shape, integer(2, elementType(numbers)), text(8, name), bytes(9, raw)];
      this.#constants.set(name, message(5, tensor));
    }
    return name;
  }

  scalar(name: string, value: number): Value {
    return this.constant(name, [], Float32Array.of(value));
  }

  integers(...values: readonly number[]): Value {
    return this.constant(
      `int64 ${values.join(' ')}`,
      [values.length],
      BigInt64Array.from(values.map(BigInt)),
    );
  }

  /** A node with one output. */
  node(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain = '',
  ): Value {
    const name = `${operator} ${this.#nodes.length}`;
    this.#node(operator, inputs, [name], attributes, domain);
    return name;
  }

  /** A node with several outputs. */
  nodes(
    operator: string,
    inputs: readonly Value[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value[] {
    const values = Array.from({ length: outputs }, (_, at) => `${operator} ${this.#nodes.length} ${at}`);
    this.#node(operator, inputs, values, attributes, '');
    return values;
  }

  #node(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>>,
    domain: string,
  ): void {
    this.#nodes.push(
      message(1, [
        ...inputs.map((name) => text(1, name)),
        ...outputs.map((name) => text(2, name)),
        text(3, `${operator} ${this.#nodes.length}`),
        text(4, operator),
        ...Object.entries(attributes).map(([name, value]) =>
          message(5, [text(1, name), ...attribute(value)]),
        ),
        ...(domain ? [text(7, domain)] : []),
      ]),
    );
  }

  /** The file, for readers of ONNX IR 8 with operator set 17. */
  toBytes(name: string): Buffer {
    const operatorSet = (domain: string, version: number) =>
      message(8, [text(1, domain), integer(2, version)]);
    const parts = [
      ...this.#nodes,
      text(2, name),
      ...this.#constants.values(),
      ...this.#inputs,
      ...this.#outputs,
    ];
    return Buffer.concat([
      integer(1, 8),
      text(2, 'assay'),
      message(7, parts),
      operatorSet('', 17),
      operatorSet(microsoft, 1),
    ]);
  }
}

function attribute(value: Attribute): Buffer[] {
  if (typeof value === 'number') return [integer(3, value), integer(20, attributeTypes.int)];
  if ('float' in value) return [float(2, value.float), integer(20, attributeTypes.float)];
  return [...value.map((one) => integer(8, one)), integer(20, attributeTypes.ints)];
}

function valueInfo(
  field: number,
  name: string,
  type: number,
  dimensions: readonly (number | string)[],
): Buffer {
  const sizes = dimensions.map((size) =>
    message(1, [typeof size === 'string' ? text(2, size) : integer(1, size)]),
  );
  const tensorType = message(1, [integer(1, type), message(2, sizes)]);
  return message(field, [text(1, name), message(2, [tensorType])]);
}
