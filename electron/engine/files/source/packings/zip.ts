import { basename } from 'node:path';
import { problem } from '../../../../../shared/problem.ts';
import { definePacking } from '../define-packing.ts';
import { isOffice, openMember, readMembers } from '../zip-members.ts';

export default definePacking({
  title: 'ZIP',
  // An archive without files begins with its end.
  signatures: [
    [0x50, 0x4b, 0x03, 0x04],
    [0x50, 0x4b, 0x05, 0x06],
  ],
  async open({ path, name, member }) {
    const members = await readMembers(path);
    if (member === undefined && isOffice(members.all)) return undefined;
    const wanted =
      member ??
      onlyOne(
        members.files.map((file) => file.name),
        name,
        path,
      );
    const found = members.files.find((file) => file.name === wanted);
    return {
      name: basename(wanted),
      pieces: openMember(path, wanted),
      ...(found ? { bytes: found.bytes } : {}),
    };
  },
});

function onlyOne(names: readonly string[], name: string, path: string): string {
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  if (only === undefined)
    throw problem('bad_input', `${name} is a ZIP archive without files: there is nothing to import.`, {
      hint: 'Pack it again with what it should hold.',
      at: { file: path },
    });
  const listed = names.slice(0, 10).join(', ') + (names.length > 10 ? ' …' : '');
  throw problem('bad_input', `${name} holds ${names.length} files.`, {
    hint: `Name one of them, such as ${name}/${only}, or take all as one table. It holds: ${listed}`,
    at: { file: path },
  });
}
