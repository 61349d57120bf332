"""Common Vietnamese syllables without tone marks, to tell unaccented Vietnamese from other languages (R35).

The most frequent folded syllables of the national catalogue of administrative procedures and of daily speech, less
those that are everyday words of English or French; what overlap is left does no harm, for the share decides.
"""

from __future__ import annotations

_SYLLABLES = """
anh ao ap ba bac bai ban bang banh bao bat bau bay be ben benh bi biet bieu binh bo boc boi bu buc buoc buon buu
ca cac cach cai cam cang canh cao cau cay cha chan chanh chao chau chay che chep chet chi chia chiec chiem chien
chiet chieu chim chin chinh chiu cho choi chon chong chua chuan chuc chung chuoi chuong chup chuyen co coa coi
con cong cot cu cua cuc cum cung cuoc cuoi cuong cuu da dac dai dam dan dang danh dao dap dat dau dem den deo di
dia dich diem dien dieu dinh do doan doanh doi don dong dua duc dung duoc duoi duong dut duy duyet em ga gan gao
gay gen ghep ghi gia giai giam gian giang giao giap giay gieng gio gioi giong giu giua giup goc goi gom gop gui
hach hai han hanh hau hem het hiem hien hiep hieu hinh ho hoa hoac hoan hoang hoanh hoat hoc hoi hom hon hong hu
huan huong huu huy huyen ia ich ke kem keo ket keu kha khac khach khai kham khan khang khao khau khen khi khich
khien khieu kho khoa khoan khoang khoanh khoc khoe khoi khong khu khung khuon khuyen khuyet kia kich kiem kien
kieu kinh ky la lac lai lam lan lang lanh lao lau lay lech len lenh lich lien liet lieu linh lo loai lon lop lua
luan luat luc luoc luoi luong luu luyen ly mac mai mang manh mao mat mau may mem mien minh mo moc moi mong mot
mua muc muoi muon muu na nai nam nang nao nat nay nen neo neu ngach ngam ngan ngang nganh ngap ngat ngay nghe
ngheo nghi nghia nghiem nghien nghiep nghin ngo ngoai ngon ngu ngua ngung nguoc nguoi nguon nguong nguy nguyen
nha nham nhan nhanh nhap nhat nhau nhay nhe nhiem nhien nhieu nhin nho nhom nhu nhuan nhung nhuong niem nien
ninh noi nong nop nui nuoc nuoi oi om ong pha phai pham phan phao phap phe phep phi phia phien phieu pho phoi
phong phu phuc phuong phut qua quan quang quet quoc quy quyen quyet ra rac rach rai ranh rat rieng ro roi rong
rui rung ruong ruot ruou rut sach sai san sao sap sau sieu sinh so soat soc sot su sua suat suc sung suy tac
tach tai tam tang tao tat tay tem tep tet thac thai tham thang thanh thao thap thau thay theo thi thich thien
thiet thieu thoa thoai thoat thoc thoi thom thon thong thu thua thuan thuat thuc thue thuoc thuong thuy thuyen
thuyet tich tiem tien tieng tiep tiet tieu tinh toa toan toc toi tong tot tra trac trach trai tram tran trang
tranh trao trat tre tren tri trich trien trieu trinh tro trong trot tru truc trung truoc truong truy truyen tu
tuan tuat tuc tue tung tuoi tuong tuy tuyen ty ung uoc uong uu uy vac van vang vao vat vay ve vi viec vien viet
vinh vo voi von vong vot vu vua vuc vui vung vuon vuot xa xac xam xang xanh xay xe xem xep xet xi xin xo xoa xom
xong xu xuat xung xuong xuyen yeu
"""
COMMON_SYLLABLES = frozenset(_SYLLABLES.split())
