/** Words that depend on whether the article can break, or runs on current. */
export const goodsWords = {
  hard: {
    flaw: [
      ...[
        'a crack along [the edge|one side|the base]',
        'a deep scratch [across the front|on top]',
        'a chipped corner',
      ],
      ...['a dent [the size of a coin|as big as a plum|at the bottom]', 'a broken [foot|hinge|handle|edge]'],
      ...['a piece missing [from the rim|at the back|underneath]', 'a hairline fracture', 'splintered edges'],
      ...[
        'a wobble that [no screw cures|was not in the description]',
        'a bent [frame|side|rim]',
        'peeling paint',
      ],
    ],
    flaw0: ['crack', 'dent', 'damage', 'breakage'],
    fault: [
      ...[
        'a loose [joint|handle|base]',
        'rust [at the seams|around the screws|after one summer]',
        'a split seam',
      ],
      ...[
        'a crack that [grows|runs round it|nobody can explain]',
        'a coating that [flakes|comes off|blisters]',
      ],
      ...[
        'a bolt that [turns freely|has sheared off]',
        'a lean to one side',
        'a worn-out [hinge|thread|catch]',
      ],
    ],
    fault0: ['crack', 'rust', 'loose joint', 'flaking coat'],
    symptom: ['creaks', 'wobbles', 'loses small flakes', 'comes apart', 'no longer stands straight'],
  },
  electric: {
    fault: [
      ...[
        'a battery that [does not charge|lasts ten minutes|swells]',
        'a [flickering|dead] display',
        'a loose contact',
      ],
      ...[
        'a hum that [drowns the radio|keeps me awake]',
        'a button that [sticks|does nothing]',
        'a burnt smell',
      ],
      ...[
        'a plug that [sparks|gets warm]',
        'a rattle [in the motor|deep inside]',
        'a lamp that [blinks red|stays dark]',
      ],
    ],
    fault0: ['flicker', 'humming', 'dead battery', 'loose contact'],
    symptom: ['switches itself off', 'gets hot', 'makes a grinding sound', 'starts beeping', 'goes dark'],
  },
} as const;

/** Goods that do not break when they fall. */
export const softGoods: ReadonlySet<string> = new Set([
  ...['jacket', 'hoodie', 'cardigan', 'rain coat', 'shirt', 'dress', 'vest', 'jumper', 'wool blanket'],
  ...['floor cushion', 'duvet cover', 'doormat', 'tent', 'sleeping bag', 'backpack', 'hammock', 'bath towel'],
  ...['bathrobe', 'shower curtain', 'bath mat', 'plush rabbit', 'kite', 'pencil case'],
]);
