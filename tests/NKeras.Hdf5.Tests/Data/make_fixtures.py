"""Makes fixtures.zip: HDF5 files, and what h5py reads from them (expected.json). Run where h5py and h5repack are."""
import base64, ctypes, json, os, subprocess, tempfile, zipfile, zlib
import h5py, numpy as np
from h5py import h5a, h5d, h5f, h5o, h5p, h5s, h5t

HERE = tempfile.mkdtemp()
library = ctypes.CDLL('libhdf5_serial.so.103', mode=ctypes.RTLD_GLOBAL)
library.H5Pset_chunk_opts.argtypes = [ctypes.c_int64, ctypes.c_uint]
library.H5Pset_istore_k.argtypes = [ctypes.c_int64, ctypes.c_uint]
COMPACT = h5d.COMPACT
numbers = np.random.default_rng(7)


def file(name, **options):
    return h5py.File(os.path.join(HERE, name + '.h5'), 'w', **options)


def everyday(f):
    """What Keras's own files have, and the element types."""
    f.attrs['keras_version'] = '3.16.0'
    f.attrs['backend'] = b'tensorflow'
    f.attrs['layer_names'] = [b'dense', b'dense_longer']
    f.attrs['no_names'] = []
    f.attrs['empty'] = h5py.Empty('f')
    f.attrs['no_text'] = ''
    f.attrs['text é'] = 'ünïcödé ∀'
    f.attrs['latin'] = np.bytes_(b'caf\xe9')
    f.attrs['texts'] = np.array([['a', 'bb'], ['', 'ccc']], dtype=h5py.string_dtype())
    f.attrs['flag'] = True
    f.attrs['flags'] = np.array([True, False])
    f.attrs['compound'] = np.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')])
    g = f.create_group('model_weights/dense\\inner/dense')
    g['kernel:0'] = numbers.normal(size=(3, 4)).astype('f4')
    g['bias:0'] = np.arange(4, dtype='f4')
    t = f.create_group('types')
    for code in ['i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8']:
        for order in '<>':
            t[f'{order}{code}'.replace('<', 'le ').replace('>', 'be ')] = numbers.integers(0, 120, (2, 3)).astype(order + code)
            t.attrs[f'{order}{code}'.replace('<', 'le ').replace('>', 'be ')] = numbers.integers(0, 120, 3).astype(order + code)
    t['bool'] = np.array([[True], [False]])
    t['scalar'] = np.float32(2.5)
    t['none'] = h5py.Empty('i2')
    t['length 0'] = np.zeros((3, 0, 2), 'f4')
    t['enumeration'] = np.array([1, 0, 5], dtype=h5py.enum_dtype({'ONE': 1, 'FIVE': 5, 'NIL': 0}, basetype='>i2'))
    t['two of a byte'] = np.array([1, 0], dtype=h5py.enum_dtype({'YES': 1, 'NO': 0}, basetype='i1'))
    t['compound'] = np.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')])
    t['complex'] = np.zeros(2, dtype='c8')
    t['array'] = np.zeros(2, dtype=[('a', 'i4', (2,))])['a']
    t.create_dataset('sequences', (2,), dtype=h5py.vlen_dtype('i4'))
    t.create_dataset('references', data=np.array([f.ref], dtype=h5py.ref_dtype), dtype=h5py.ref_dtype)
    t.create_dataset('void', data=np.array([b'ab\x00d', b'\x00\x01\x02\x03'], dtype='V4'))
    t.create_dataset('fixed', data=np.array([b'abc', b'', b'abcdef']))
    t.create_dataset('fixed utf8', data=np.array(['aé'.encode(), b'z'], dtype=h5py.string_dtype('utf-8', 4)))
    t.create_dataset('own length', data=['one', '', 'three é', 'x' * 300], dtype=h5py.string_dtype())
    t.create_dataset('own length ascii', data=[b'one', b'two'], dtype=h5py.string_dtype('ascii'))
    for padding, name in [(h5t.STR_NULLTERM, 'terminated'), (h5t.STR_SPACEPAD, 'spaces'), (h5t.STR_NULLPAD, 'nulls')]:
        kind = h5t.C_S1.copy()
        kind.set_size(5)
        kind.set_strpad(padding)
        d = h5d.create(t.id, name.encode(), kind, h5s.create_simple((2,)))
        d.write(h5s.ALL, h5s.ALL, np.array([b'ab' if padding == h5t.STR_NULLTERM else b'ab   ', b'x']), kind)
    half = h5t.IEEE_F32LE.copy()
    half.set_fields(15, 7, 8, 0, 7)
    half.set_size(2)
    half.set_ebias(127)
    d = h5d.create(t.id, b'bfloat16', half, h5s.create_simple((3,)))
    d.write(h5s.ALL, h5s.ALL, np.array([1, 1, 1], 'f4'))
    p = h5p.create(h5p.DATASET_CREATE)
    p.set_layout(COMPACT)
    d = h5d.create(t.id, b'compact', h5t.STD_I32BE, h5s.create_simple((2, 2)), p)
    d.write(h5s.ALL, h5s.ALL, np.array([[1, -2], [3, 4]], 'i4'))


def many(f):
    """More members and attributes than a header takes."""
    for i in range(60):
        f.create_group(f'groups/layer_{(i * 37) % 60}')
    wide = f.create_group('wide')
    for i in range(40):
        wide.attrs[f'attribute {(i * 7) % 40}'] = 'v' * i
        wide[f'd{(i * 11) % 40:02}'] = np.arange(i, dtype='i2')
    wide.attrs['a name that is long ' * 12] = np.arange(5)
    f['again'] = f['wide/d07']


def large_attributes(f):
    """Attributes beyond 64 KB, which only new files have."""
    f.attrs['large'] = np.arange(17000, dtype='>i4') % 7
    f.attrs['larger'] = np.arange(9000, dtype='f8') % 5
    f.attrs['small'] = 1


def chunks(f, **more):
    """Datasets in chunks, of all shapes that lead to another index."""
    data = numbers.integers(0, 9, (23, 17)).astype('f4')
    def make(name, value=data, **o):
        return f.create_dataset(name, data=value, **{**more, **o})
    make('plain', chunks=(5, 4))
    make('single', chunks=(23, 17))
    make('single gzip', chunks=(23, 17), compression='gzip')
    make('gzip', chunks=(5, 17), compression='gzip', compression_opts=9)
    make('all', chunks=(6, 5), compression='gzip', shuffle=True, fletcher32=True)
    make('shuffle', chunks=(6, 5), shuffle=True)
    make('fletcher', np.arange(35, dtype='u1'), chunks=(5,), fletcher32=True)
    make('lzf', np.tile(np.arange(40, dtype='i8'), 30), chunks=(400,), compression='lzf')
    make('lzf noise', numbers.integers(0, 256, 900).astype('u1'), chunks=(300,), compression='lzf')
    make('one end', chunks=(5, 4), maxshape=(None, 17))
    make('other end', chunks=(5, 4), maxshape=(30, None), compression='gzip')
    make('no ends', chunks=(5, 4), maxshape=(None, None))
    make('no ends gzip', chunks=(5, 4), maxshape=(None, None), compression='gzip', shuffle=True)
    make('may grow', chunks=(5, 4), maxshape=(40, 30))
    make('may grow gzip', chunks=(5, 4), maxshape=(40, 30), compression='gzip')
    make('three', np.arange(4 * 5 * 6, dtype='>i2').reshape(4, 5, 6), chunks=(3, 2, 6))
    make('vector', np.arange(3000, dtype='i2'), chunks=(7,), maxshape=(None,))
    make('vector gzip', np.arange(3000, dtype='i2'), chunks=(7,), maxshape=(None,), compression='gzip')
    make('texts', np.array(['a', 'bb', 'ccc', '', 'é'], dtype=object), chunks=(2,), dtype=h5py.string_dtype())
    d = f.create_dataset('smaller', data=data, chunks=(5, 4), maxshape=(None, None))
    d.resize((7, 9))
    d = f.create_dataset('larger', data=data, chunks=(5, 4), maxshape=(None, 17), fillvalue=-3)
    d.resize((31, 17))
    d = f.create_dataset('holes', (50,), 'i4', chunks=(4,), fillvalue=258)
    d[20:23] = 1
    f.create_dataset('unwritten', (6,), 'f8', fillvalue=0.5)
    f.create_dataset('unwritten be', (6,), '>i4', fillvalue=-2)
    f.create_dataset('unwritten chunks', (6, 2), 'f8', chunks=(4, 2))
    f.create_dataset('unwritten texts', (3,), h5py.string_dtype())
    early = h5p.create(h5p.DATASET_CREATE)
    early.set_chunk((5, 4))
    early.set_alloc_time(h5d.ALLOC_TIME_EARLY)
    for name, space in [('early', h5s.create_simple((23, 17))), ('early may grow', h5s.create_simple((23, 17), (40, 30)))]:
        h5d.create(f.id, name.encode(), h5t.IEEE_F32LE, space, early).write(h5s.ALL, h5s.ALL, data)


def paged(f):
    """Arrays of chunks that are long enough for pages and super blocks."""
    for name, options in [('fixed', {}), ('growing', {'maxshape': (None,)}), ('fixed gzip', {'compression': 'gzip'}), ('growing gzip', {'compression': 'gzip', 'maxshape': (None,)})]:
        d = f.create_dataset(name, (5000,), 'i2', chunks=(1,), **options)
        d[:20] = np.arange(20)
        d[4000:4010] = 7


    # Far enough for data blocks of several pages, whose bits lie one after the other for all blocks.
    f.create_dataset('growing far', (200000,), 'i1', chunks=(1,), maxshape=(None,))[172020:172030] = 5


def hostile(f):
    """What h5py lets a file say, and no program should believe."""
    f.create_dataset('huge', (2 ** 40,), 'f4')
    f.create_dataset('huge chunks', (2 ** 20, 2 ** 20), 'f4', chunks=(1024, 1024), compression='gzip')
    f.create_dataset('huge texts', (2 ** 40,), h5py.string_dtype())
    f.create_dataset('many texts', (2 ** 26,), 'S1')
    f.create_dataset('huge text', (1,), 'S2000000000')
    for name, stored in [('bomb', zlib.compress(bytes(10 ** 6), 9)), ('short', zlib.compress(bytes(10), 9)), ('noise', bytes(range(200))),
                         ('byte', b'x'), ('cut', zlib.compress(bytes(range(250)) * 4)[:40]), ('dictionary', b'\x78\xbb' + bytes(20))]:
        d = f.create_dataset(name, (1000,), 'u1', chunks=(1000,), compression='gzip')
        d.id.write_direct_chunk((0,), stored)
    d = f.create_dataset('checksum', (10,), 'u1', chunks=(10,), fletcher32=True)
    d.id.write_direct_chunk((0,), bytes(14)[:-1] + b'\1')
    d = f.create_dataset('lzf', (1000,), 'u1', chunks=(1000,), compression='lzf')
    d.id.write_direct_chunk((0,), b'\xff\xff\xff' * 9)
    # Two ways from each group to the next: 2 ** 40 paths.
    group = f.create_group('ways')
    for i in range(40):
        following = group.create_group('a')
        group['b'] = following
        group = following


def links(f):
    """What is refused when it is used, and listed all the same."""
    f['group/data'] = np.arange(3)
    f['soft'] = h5py.SoftLink('/group/data')
    f['external'] = h5py.ExternalLink('other.h5', '/x')
    f['group/loop'] = f['/']
    f['group/self'] = f['group']
    f['type'] = np.dtype('>f4')
    f.create_dataset('named type', data=[1.5, 2.5], dtype=f['type'])
    f['group'].attrs.create('named type', [3.5], dtype=f['type'])
    p = h5p.create(h5p.DATASET_CREATE)
    p.set_external(b'/etc/hostname', 0, 4)
    h5d.create(f.id, b'outside', h5t.STD_U8LE, h5s.create_simple((4,)), p)


def virtual(f):
    layout = h5py.VirtualLayout((4,), 'i4')
    layout[:] = h5py.VirtualSource('other.h5', 'x', (4,))
    f.create_virtual_dataset('virtual', layout)
    f['data'] = [1]


def partial(f):
    """Chunks at the edge that are not filtered, which h5py has no name for (H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS)."""
    for name, largest in [('fixed', (23, 17)), ('grows', (h5s.UNLIMITED, 17)), ('both', (h5s.UNLIMITED, h5s.UNLIMITED))]:
        p = h5p.create(h5p.DATASET_CREATE)
        p.set_chunk((5, 4))
        p.set_deflate(4)
        assert library.H5Pset_chunk_opts(p.id, 2) >= 0
        d = h5d.create(f.id, name.encode(), h5t.IEEE_F32LE, h5s.create_simple((23, 17), largest), p)
        d.write(h5s.ALL, h5s.ALL, numbers.integers(0, 9, (23, 17)).astype('f4'))


def sizes(f):
    """Files with smaller addresses, and B-trees of other sizes."""
    f['group/x'] = np.arange(6, dtype='f4').reshape(2, 3)
    f.create_dataset('chunked', data=np.arange(90), chunks=(2,), compression='gzip')
    if f.id.get_create_plist().get_sizes()[1] == 8:  # HDF5 itself cannot read "no end" back from fewer bytes
        f.create_dataset('grows', data=np.arange(90), chunks=(2,), maxshape=(None,))
    f.create_dataset('texts', data=['a', 'bc'], dtype=h5py.string_dtype())
    f.attrs['text'] = 'a text'


def special(name, make, set_up, latest=False):
    """A file made with properties that h5py.File has no options for."""
    properties = h5p.create(h5p.FILE_CREATE)
    set_up(properties)
    access = h5p.create(h5p.FILE_ACCESS)
    if latest:
        access.set_libver_bounds(h5f.LIBVER_LATEST, h5f.LIBVER_LATEST)
    with h5py.File(h5f.create(os.path.join(HERE, name + '.h5').encode(), h5f.ACC_TRUNC, properties, access)) as f:
        make(f)


def text(value):
    if isinstance(value, str):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode('latin1')


def content(kind, space, dtype, read):
    """[type, shape, elements], of which the elements are base64 of little-endian bytes, texts, or null for what is not read."""
    shape = None if space.get_simple_extent_type() == h5s.NULL else list(space.get_simple_extent_dims())
    group = kind.get_class()
    if group == h5t.STRING:
        return ['string', shape, [] if shape is None else [text(t) for t in np.asarray(read(), dtype=object).ravel().tolist()]]
    if group in (h5t.COMPOUND, h5t.REFERENCE, h5t.VLEN, h5t.ARRAY):
        return ['other', shape, None]
    if group == h5t.FLOAT and kind.get_size() == 2 and kind.get_ebias() == 127:
        values = read().astype('<f4').view('<u2')[1::2]
        return ['bfloat16', shape, base64.b64encode(values.tobytes()).decode()]
    name = f'opaque{kind.get_size()}' if group == h5t.OPAQUE else dtype.newbyteorder('=').name
    values = np.zeros(0, dtype) if shape is None else read()
    if group != h5t.OPAQUE:
        values = values.astype(dtype.newbyteorder('<'))
    return [name, shape, base64.b64encode(values.tobytes()).decode()]


def of(item):
    def read():
        values = np.zeros(item.shape, item.dtype)
        item.read(*([h5s.ALL, h5s.ALL, values] if isinstance(item, h5d.DatasetID) else [values]))
        return values
    return content(item.get_type(), item.get_space(), item.dtype, read)


def describe(f):
    found = {}
    def walk(item, path, above):
        entry = found[path] = {'attributes': {n: of(h5a.open(item.id, n.encode())) for n in item.attrs}}
        if isinstance(item, h5py.Dataset):
            filters = item.id.get_create_plist()
            filters = [filters.get_filter(i)[0] for i in range(filters.get_nfilters())]
            refused = item.is_virtual or item.external or set(filters) - {1, 2, 3, 32000}
            entry['data'] = of(item.id) if not refused else None
            return
        entry['members'] = {}
        address = h5o.get_info(item.id).addr
        ordered = item.id.get_create_plist().get_link_creation_order() != 0
        names = []
        item.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER if ordered else h5py.h5.INDEX_NAME)
        for name in (n.decode() for n in names):
            link = item.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink):
                entry['members'][name] = type(link).__name__
                continue
            member = item[name]
            inside = h5o.get_info(member.id).addr in (*above, address)
            entry['members'][name] = 'Cycle' if inside else 'NamedType' if isinstance(member, h5py.Datatype) else type(member).__name__
            if entry['members'][name] in ('Group', 'Dataset'):
                walk(member, f'{path if path != "/" else ""}/{name}', (*above, address))
    walk(f['/'], '/', ())
    return found


def repack(name, source, *options):
    subprocess.run(['h5repack', *options, os.path.join(HERE, source + '.h5'), os.path.join(HERE, name + '.h5')], check=True)


def main():
    for name, make, options in [
            ('everyday', everyday, {}), ('everyday-latest', everyday, {'libver': 'latest'}),
            ('everyday-userblock', everyday, {'userblock_size': 1024}), ('everyday-userblock-latest', everyday, {'userblock_size': 512, 'libver': 'latest'}),
            ('many', many, {}), ('many-latest', many, {'libver': 'latest'}), ('many-ordered', many, {'track_order': True}),
            ('many-ordered-latest', many, {'track_order': True, 'libver': 'latest'}),
            ('large-attributes', large_attributes, {'libver': 'latest'}),
            ('chunks', chunks, {}), ('chunks-v108', chunks, {'libver': 'v108'}), ('chunks-v110', chunks, {'libver': 'v110'}), ('paged', paged, {'libver': 'latest'}),
            ('links', links, {}), ('links-latest', links, {'libver': 'latest'}), ('virtual', virtual, {'libver': 'latest'}), ('hostile', hostile, {}), ('partial', partial, {'libver': 'latest'})]:
        numbers.__init__(np.random.PCG64(7))
        with file(name, **options) as f:
            if make is many and options.get('track_order'):
                h5py.get_config().track_order = True
            make(f)
            h5py.get_config().track_order = False
    with h5py.File(os.path.join(HERE, 'swmr.h5'), 'w', libver='latest') as f:
        f['x'] = np.arange(4)
        f.swmr_mode = True
    special('addresses-4', sizes, lambda p: p.set_sizes(4, 4))
    special('addresses-4-latest', sizes, lambda p: p.set_sizes(4, 4), latest=True)
    special('addresses-2', sizes, lambda p: p.set_sizes(2, 2))
    special('superblock-1', sizes, lambda p: library.H5Pset_istore_k(p.id, 3))
    special('superblock-1-latest', sizes, lambda p: library.H5Pset_istore_k(p.id, 3), latest=True)
    with file('pages', libver='latest', fs_strategy='page', fs_persist=True) as f:
        sizes(f)
    repack('repacked', 'everyday')
    repack('repacked-filters', 'chunks', '-f', 'FLET', '-f', 'GZIP=3', '-l', 'CHUNK=5x4')
    repack('repacked-compact', 'everyday', '-l', 'COMPA')
    repack('repacked-shared', 'many', '-L', '-s', '8')
    repack('unsupported', 'everyday', '-f', 'types/le i4:NBIT', '-f', 'types/le i2:SOFF=0,IN', '-f', 'types/be f4:NBIT')
    expected = {}
    for name in sorted(n[:-3] for n in os.listdir(HERE) if n.endswith('.h5')):
        with h5py.File(os.path.join(HERE, name + '.h5'), 'r') as f:
            if name == 'hostile':
                continue
            expected[name] = describe(f)
    archive = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'fixtures.zip')
    with zipfile.ZipFile(archive, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        z.writestr('expected.json', json.dumps(expected, ensure_ascii=False, separators=(',', ':')))
        for name in [*expected, 'hostile']:
            z.write(os.path.join(HERE, name + '.h5'), name + '.h5')
    print(HERE)


if __name__ == '__main__':
    main()
