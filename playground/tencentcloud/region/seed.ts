import type { RegionInfo } from './regionInfo';

/** By the API's names. */
export const regions: readonly RegionInfo[] = [
  { id: 'ap-guangzhou', name: '华南地区(广州)' },
  { id: 'ap-shanghai', name: '华东地区(上海)' },
  { id: 'ap-nanjing', name: '华东地区(南京)' },
  { id: 'ap-beijing', name: '华北地区(北京)' },
  { id: 'ap-chengdu', name: '西南地区(成都)' },
  { id: 'ap-chongqing', name: '西南地区(重庆)' },
  { id: 'ap-hongkong', name: '港澳台地区(中国香港)' },
  { id: 'ap-singapore', name: '亚太东南(新加坡)' },
  { id: 'ap-tokyo', name: '亚太东北(东京)' },
  { id: 'eu-frankfurt', name: '欧洲地区(法兰克福)' },
  { id: 'na-siliconvalley', name: '美国西部(硅谷)' },
  { id: 'ap-mumbai', name: '亚太南部(孟买)', state: 'UNAVAILABLE' },
  { id: 'ap-shanghai-fsi', name: '华东地区(上海金融)' },
  { id: 'ap-shenzhen-fsi', name: '华南地区(深圳金融)' },
];
